//! The machine: who runs on which cores, and what a process has used.

use std::{
    fs,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use crate::Failure;

/// The cores of what is measured, as `taskset` names them. Set for the process that drives.
const CORES: &str = "SALON_BENCH_CORES";

/// Linux counts the time of processes in hundredths of a second.
const TICK: Duration = Duration::from_millis(10);

/// Goes on with the upper half of the cores and leaves the lower half to what is measured, where there are two
/// halves and `taskset`.
pub fn take_cores() -> Result<(), Failure> {
    let cores = cores()?;
    let has_taskset = || Command::new("taskset").arg("--version").stdout(Stdio::null()).status().is_ok();
    if std::env::var_os(CORES).is_some() || cores.len() < 2 || !has_taskset() {
        return Ok(());
    }
    let (theirs, ours) = cores.split_at(cores.len() / 2);
    let mut again = Command::new("taskset");
    again.args(["-c", &ours.join(",")]).arg(std::env::current_exe()?).args(std::env::args().skip(1));
    Err(again.env(CORES, theirs.join(",")).exec().into())
}

/// Whether what is measured and what drives it have cores of their own.
pub fn is_split() -> bool {
    std::env::var_os(CORES).is_some()
}

/// `program`, to be started on the cores of what is measured.
pub fn measured(program: &Path) -> Command {
    match std::env::var(CORES) {
        Ok(cores) => {
            let mut command = Command::new("taskset");
            command.args(["-c", &cores]).arg(program);
            command
        }
        Err(_) => Command::new(program),
    }
}

/// The cores on which this process may run.
fn cores() -> Result<Vec<String>, Failure> {
    let status = fs::read_to_string("/proc/self/status")?;
    let list = field(&status, "Cpus_allowed_list:").ok_or("the kernel names no cores")?;
    let mut cores = Vec::new();
    for part in list.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last): (u32, u32) = (first.trim().parse()?, last.trim().parse()?);
        cores.extend((first..=last).map(|core| core.to_string()));
    }
    Ok(cores)
}

fn field<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.lines().find_map(|line| line.strip_prefix(name)).map(str::trim)
}

/// Cores, memory and kernel, for a report that says nothing else about the machine.
pub fn about() -> Result<String, Failure> {
    let information = fs::read_to_string("/proc/cpuinfo")?;
    let cores = information.lines().filter(|line| line.starts_with("processor")).count();
    let memory = fs::read_to_string("/proc/meminfo")?;
    let memory = kilobytes(field(&memory, "MemTotal:")) / (1024 * 1024);
    let release = fs::read_to_string("/proc/sys/kernel/osrelease")?;
    let family = release.split('.').next().unwrap_or_default();
    Ok(format!("{cores} cores, {memory} GB of memory, Linux {family}"))
}

/// The memory of a process that is in use now, in bytes.
pub fn resident(process: u32) -> Result<u64, Failure> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    match kilobytes(field(&status, "VmRSS:")) {
        0 => Err("the kernel does not say how much memory a process has".into()),
        kilobytes => Ok(kilobytes * 1024),
    }
}

fn kilobytes(value: Option<&str>) -> u64 {
    value.and_then(|value| value.trim_end_matches("kB").trim().parse().ok()).unwrap_or_default()
}

/// What a process has computed so far, on all its threads.
pub fn computed(process: u32) -> Result<Duration, Failure> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name in parentheses may hold spaces; behind it, user and system time are the 12th and 13th.
    let (_, numbers) = stat.rsplit_once(')').ok_or("the kernel does not say what a process has computed")?;
    let mut numbers = numbers.split_whitespace().skip(11);
    let mut ticks = || numbers.next().and_then(|number| number.parse::<u32>().ok()).unwrap_or_default();
    let (user, system) = (ticks(), ticks());
    Ok(TICK * (user + system))
}

/// What this process has computed so far.
pub fn computed_here() -> Result<Duration, Failure> {
    computed(std::process::id())
}

/// A folder for what is measured: on the disk of the build, because a temporary folder may be in memory.
pub fn folder() -> Result<tempfile::TempDir, Failure> {
    Ok(tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?)
}

/// This very executable, for the roles that are compared with Salon.
pub fn this() -> Result<PathBuf, Failure> {
    Ok(std::env::current_exe()?)
}
