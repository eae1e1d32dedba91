use std::fs;
use std::time::Duration;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::Result;

/// Figures that the system reports for a process.
#[derive(Clone, Copy, Debug)]
pub(super) struct Process(pub(super) u32);

impl Process {
    /// Processor time so far, in kernel and user mode.
    pub(super) fn cpu(self) -> Result<Duration> {
        let line = fs::read_to_string(format!("/proc/{}/stat", self.0))?;
        // The name, in parentheses, may contain blanks; user and system time are the 14th and 15th field.
        let (_, fields) = line.rsplit_once(')').ok_or("cannot parse /proc/PID/stat")?;
        let mut ticks = 0;
        for field in fields.split_whitespace().skip(11).take(2) {
            ticks += field.parse::<u64>()?;
        }
        Ok(Duration::from_secs_f64(ticks as f64 / rustix::param::clock_ticks_per_second() as f64))
    }

    /// Processor time of the current threads, to the nanosecond if the system counts it.
    #[cfg(feature = "sqlite")]
    pub(super) fn cpu_of_threads(self) -> Result<Duration> {
        let mut nanoseconds = 0;
        for thread in fs::read_dir(format!("/proc/{}/task", self.0))? {
            // A thread may have ended since it was listed; if nothing is counted, the file has zeros or is missing.
            let Ok(line) = fs::read_to_string(thread?.path().join("schedstat")) else { continue };
            nanoseconds += line.split_whitespace().next().unwrap_or("0").parse::<u64>()?;
        }
        if nanoseconds == 0 { self.cpu() } else { Ok(Duration::from_nanos(nanoseconds)) }
    }

    /// Bytes passed to write calls so far; none if the system does not count them.
    pub(super) fn written(self) -> Option<Written> {
        let text = fs::read_to_string(format!("/proc/{}/io", self.0)).ok()?;
        let figure = |name| text.lines().find_map(|line| line.strip_prefix(name))?.trim().parse().ok();
        Some(Written { bytes: figure("wchar:")?, calls: figure("syscw:")? })
    }

    /// Bytes in memory.
    pub(super) fn resident(self) -> Result<u64> {
        self.memory("VmRSS:")
    }

    /// Peak memory in bytes.
    #[cfg(feature = "sqlite")]
    pub(super) fn peak(self) -> Result<u64> {
        self.memory("VmHWM:")
    }

    fn memory(self, name: &str) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.0))?;
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let line = line.ok_or_else(|| format!("no {name} in /proc/PID/status"))?;
        let kibibytes: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
        Ok(kibibytes << 10)
    }
}

/// Bytes and system calls of writing, without sockets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written {
    pub(super) bytes: u64,
    pub(super) calls: u64,
}

impl Written {
    pub(super) fn since(self, before: Written) -> Written {
        let bytes = self.bytes.saturating_sub(before.bytes);
        Written { bytes, calls: self.calls.saturating_sub(before.calls) }
    }
}

/// Raises the limit on open files for a number of sockets, here and in child processes.
pub(super) fn allow_sockets(count: u64) -> Result<()> {
    let needed = count + 200;
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current.is_none_or(|current| current >= needed) {
        return Ok(());
    }
    if maximum.is_some_and(|maximum| maximum < needed) {
        return Err(format!("{count} connections need {needed} file descriptors; as root: ulimit -n {needed}").into());
    }
    setrlimit(Resource::Nofile, Rlimit { current: Some(needed), maximum })?;
    Ok(())
}
