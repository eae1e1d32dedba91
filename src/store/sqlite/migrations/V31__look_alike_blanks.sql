-- Look-alike keys have no white space beside punctuation, and resemble capitals too. They are computed anew at the start.
UPDATE chats SET look_key = NULL WHERE kind = 'channel';
