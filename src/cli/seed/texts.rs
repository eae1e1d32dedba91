/// Names of users.
pub(super) const NAMES: [&str; 24] = [
    "Mia", "Noah", "Aisha", "Liam", "Sofia", "Kenji", "Olu", "Ines", "Mateo", "Priya", "Jonas", "Lena", "Omar", "Yuki",
    "Clara", "Tariq", "Nina", "Pavel", "Zoe", "Ravi", "Elena", "Finn", "Amara", "Hugo",
];

/// Names and topics of channels.
pub(super) const TOPICS: [(&str, &str); 12] = [
    ("general", "Anything that doesn't fit elsewhere"),
    ("random", "Nothing in particular"),
    ("releases", "What is shipped, and when"),
    ("kitchen", "Recipes, lunch and who emptied the coffee"),
    ("support", "Questions from users"),
    ("design", "How it looks and feels"),
    ("music", "What to listen to"),
    ("climbing", "Rocks and ropes"),
    ("books", "What to read next"),
    ("gardening", "Tomatoes, mostly"),
    ("cycling", "Routes, repairs and rain"),
    ("games", "On boards and screens"),
];

const OPENINGS: [&str; 12] = [
    "",
    "",
    "",
    "",
    "Hm, ",
    "Honestly, ",
    "By the way, ",
    "I think ",
    "Good news: ",
    "Just saw that ",
    "Reminder: ",
    "Wait, ",
];

const SENTENCES: [&str; 32] = [
    "the new build is up",
    "lunch is at half past twelve",
    "that was the last bug on my list",
    "the train is late again",
    "we should write this down somewhere",
    "it works on my machine, and on yours too now",
    "the tests are green",
    "the coffee machine is broken",
    "I moved the meeting to Thursday",
    "this reads much better than before",
    "there is cake in the kitchen",
    "the numbers look right to me",
    "nobody has looked at the third page yet",
    "it has stopped raining",
    "I would keep the old name",
    "the backup finished",
    "somebody left a blue umbrella here",
    "the draft is in the shared folder",
    "it took three minutes instead of thirty",
    "we can decide that tomorrow",
    "the second one is the better picture",
    "I will be back at four",
    "the certificate runs out next month",
    "it only happens when the list is empty",
    "that song has been in my head all day",
    "the trail is closed until spring",
    "we need two more people for Saturday",
    "the answer was in the manual all along",
    "I have pushed a fix",
    "the printer is out of paper",
    "dinner at our place on Friday",
    "it is smaller than I expected",
];

const ENDINGS: [&str; 8] = [".", ".", ".", "!", " 🎉", " 🙂", ", as far as I can see.", ". What do you think?"];

const SHORT: [&str; 12] = [
    "Yes.",
    "👍",
    "Thank you!",
    "On it.",
    "Same here.",
    "Why not?",
    "😂",
    "Done.",
    "Not yet.",
    "Perfect.",
    "Let me look.",
    "Oh no",
];

/// Produces the same texts in the same order every time.
#[derive(Debug)]
pub(super) struct Talk(u64);

impl Talk {
    pub(super) fn new() -> Talk {
        Talk(0x9E37_79B9_7F4A_7C15)
    }

    /// A number below another.
    pub(super) fn below(&mut self, count: usize) -> usize {
        // Marsaglia's xorshift64.
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % count.max(1) as u64).expect("less than a usize")
    }

    /// A random number below another one; lower numbers are likelier, because few users write most messages.
    pub(super) fn low(&mut self, count: usize) -> usize {
        self.below(count).min(self.below(count))
    }

    /// A random subset of indexes, each once.
    pub(super) fn some(&mut self, count: usize, max: usize) -> Vec<usize> {
        let mut chosen: Vec<usize> = (0..count).collect();
        for place in 0..max.min(count) {
            let other = place + self.below(count - place);
            chosen.swap(place, other);
        }
        chosen.truncate(max);
        chosen
    }

    /// A random sentence, sometimes addressed to somebody.
    pub(super) fn sentence(&mut self, somebody: &str, to_other: bool) -> String {
        if self.below(5) == 0 {
            return SHORT[self.below(SHORT.len())].to_owned();
        }
        let opening = OPENINGS[self.below(OPENINGS.len())];
        let sentence = SENTENCES[self.below(SENTENCES.len())];
        let mut text = format!("{opening}{sentence}{}", ENDINGS[self.below(ENDINGS.len())]);
        text[..1].make_ascii_uppercase();
        match to_other && self.below(8) == 0 {
            true => format!("@{somebody} {text}"),
            false => text,
        }
    }
}
