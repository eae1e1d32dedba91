//! Steps of work, counted in unit tests: they bound how the work for one user grows with what others have. Outside of
//! tests nothing is counted.

#[cfg(test)]
thread_local! {
    static STEPS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// Counts one step: a comparison, or a look at an entry.
#[inline]
pub fn step() {
    #[cfg(test)]
    STEPS.with(|steps| steps.set(steps.get() + 1));
}

/// The steps that something takes on this thread.
#[cfg(test)]
pub fn steps_of(act: impl FnOnce()) -> u64 {
    let before = STEPS.with(std::cell::Cell::get);
    act();
    STEPS.with(std::cell::Cell::get) - before
}
