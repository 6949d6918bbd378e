//! One table, from the neutral tree to a filled declaration, every mistake at once.

use std::collections::BTreeSet;

use crate::check::check_into;
use crate::path::FieldPath;
use crate::problem::Problems;
use crate::raw::RawTable;
use crate::read::read_into;
use crate::report::Report;
use crate::resolve::resolve_into;
use crate::resolved::Resolved;

/// Reads, fills and checks the declaration at `path`, without the environment.
///
/// `broken` are keys that were written and could not be read: what that was is reported already,
/// so they are not missing.
///
/// # Errors
/// Every mistake of the declaration, in the order in which it was found.
pub fn check_table(
    name: &str,
    path: &FieldPath,
    table: &RawTable,
    broken: &BTreeSet<FieldPath>,
) -> Result<Resolved, Problems> {
    let mut report = Report::default();
    for key in broken {
        report.excuse(key.clone());
    }
    let draft = read_into(name, path, table, &mut report);
    let resolved = resolve_into(draft, &mut report);
    check_into(&resolved, &mut report);
    report.finish()?;
    Ok(resolved)
}
