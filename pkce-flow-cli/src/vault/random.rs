//! Random bytes.

use rand::TryRng as _;
use rand::rngs::SysRng;

use crate::exit::{Failure, Outcome};

/// Random bytes of the system.
pub(super) fn fill(bytes: &mut [u8]) -> Outcome {
    SysRng
        .try_fill_bytes(bytes)
        .map_err(|error| Failure::machine(format!("the system's random generator failed: {error}")))
}
