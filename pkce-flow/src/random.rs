//! The only call of the system's generator.

use rand::TryRng;
use rand::rngs::SysRng;
use zeroize::Zeroizing;

use crate::error::{Error, ErrorCode};

/// `N` octets straight from the operating system.
///
/// No generator of the process or the thread stands between: a forked child would repeat it.
pub(crate) fn octets<const N: usize>() -> Result<Zeroizing<[u8; N]>, Error> {
    let mut octets = Zeroizing::new([0; N]);
    SysRng.try_fill_bytes(octets.as_mut_slice()).map_err(|source| {
        Error::new(ErrorCode::Randomness, "the system's random generator failed").source(source)
    })?;
    Ok(octets)
}
