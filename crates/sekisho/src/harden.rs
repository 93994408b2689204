//! What keeps values out of core dumps and away from other processes of the same user.

use rustix::process::{DumpableBehavior, Resource, Rlimit, getrlimit, set_dumpable_behavior, setrlimit};

use crate::stderr;

/// Turns core dumps off for this process and returns the limit that was in force, for [`restore`].
pub(crate) fn harden() -> Rlimit {
    let before = getrlimit(Resource::Core);
    // Neither can fail in a way that the user could mend; a process that may not lower its own limit has no core dumps to fear.
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: before.maximum });
    #[cfg(target_os = "linux")]
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    before
}

/// Lets a panic tell where, and not with what: the message of a panic may hold anything, a value too.
pub(crate) fn quiet_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        stderr::line(format_args!("sekisho: internal error at {place}; please report it"));
    }));
}

/// Gives a child its own limit back: the hardening is ours, not the service's.
pub(crate) fn restore(before: Rlimit) {
    let _ = setrlimit(Resource::Core, before);
}
