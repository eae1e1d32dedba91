//! Steps of work, counted in unit tests, which bound how the work for one user grows with other users' data. Outside of
//! tests nothing is counted.

#[cfg(test)]
thread_local! {
    static STEPS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// Counts one step: a comparison, or an access to an entry.
#[inline]
pub fn step() {
    #[cfg(test)]
    STEPS.with(|steps| steps.set(steps.get() + 1));
}

/// The number of steps that a function takes on this thread.
#[cfg(test)]
pub fn steps_of(act: impl FnOnce()) -> u64 {
    let before = STEPS.with(std::cell::Cell::get);
    act();
    STEPS.with(std::cell::Cell::get) - before
}
