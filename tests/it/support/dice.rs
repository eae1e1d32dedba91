/// Numbers without a pattern, the same in every run of a seed that is not 0.
pub struct Dice(pub u64);

impl Dice {
    /// The next number below the bound.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}
