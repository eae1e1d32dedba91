//! Statements that end the claim of an operation.

/// A statement that writes only while it holds the claim of those three parameters, which it ends. Its one row says
/// whether it wrote; it has none without the claim.
macro_rules! ends_claim {
    ($user:literal, $id:literal, $by:literal, $($write:expr),+) => {
        concat!(
            "WITH held AS (SELECT user_id, id FROM operations WHERE user_id = ", $user, " AND id = ", $id,
            " AND claim = ", $by, " FOR UPDATE), written AS (", $($write),+, "), ended AS (UPDATE operations o \
             SET claim = NULL FROM held WHERE o.user_id = held.user_id AND o.id = held.id \
             AND EXISTS (SELECT FROM written)) SELECT EXISTS (SELECT FROM written) FROM held"
        )
    };
}

pub(super) use ends_claim;
