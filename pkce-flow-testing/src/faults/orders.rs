//! Which faults are ordered, and for how many requests.

use std::sync::{Mutex, PoisonError};

use crate::{endpoint::Endpoint, faults::Fault};

/// What a fault may strike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Occasion {
    At(Endpoint),
    /// A request to the token endpoint with `grant_type=refresh_token`.
    Refresh,
}

#[derive(Debug, Default)]
pub(crate) struct Orders(Mutex<Vec<Order>>);

#[derive(Debug)]
struct Order {
    fault: Fault,
    /// None: for every request.
    left: Option<u32>,
}

impl Orders {
    pub(crate) fn add(&self, fault: Fault, times: Option<u32>) {
        if times != Some(0) {
            self.change(|orders| orders.push(Order { fault, left: times }));
        }
    }

    pub(crate) fn clear(&self) {
        self.change(Vec::clear);
    }

    /// The faults for a request: all that are ordered for every request, and the first of those
    /// that are ordered for some, which is used up by it.
    pub(crate) fn take(&self, occasion: Occasion) -> Vec<Fault> {
        self.change(|orders| {
            let mut taken = Vec::new();
            let mut counted = false;
            for order in orders.iter_mut().filter(|order| order.fault.strikes(occasion)) {
                match &mut order.left {
                    None => taken.push(order.fault),
                    Some(left) if !counted => {
                        counted = true;
                        *left -= 1;
                        taken.push(order.fault);
                    }
                    Some(_) => {}
                }
            }
            orders.retain(|order| order.left != Some(0));
            taken
        })
    }

    fn change<T>(&self, with: impl FnOnce(&mut Vec<Order>) -> T) -> T {
        with(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: Occasion = Occasion::At(Endpoint::Token);

    #[test]
    fn counted_faults_come_one_a_request_in_the_order_of_their_orders() {
        let orders = Orders::default();
        orders.add(Fault::TokenStatus500, Some(2));
        orders.add(Fault::EmptyTokenResponse, Some(1));
        let taken: Vec<_> = (0..4).map(|_| orders.take(TOKEN)).collect();
        assert_eq!(
            taken,
            [
                vec![Fault::TokenStatus500],
                vec![Fault::TokenStatus500],
                vec![Fault::EmptyTokenResponse],
                vec![],
            ]
        );
    }

    #[test]
    fn faults_for_always_come_together_and_stay_until_cleared() {
        let orders = Orders::default();
        orders.add(Fault::MissingTokenType, None);
        orders.add(Fault::ScopeWithCommas, None);
        for _ in 0..3 {
            assert_eq!(orders.take(TOKEN), [Fault::MissingTokenType, Fault::ScopeWithCommas]);
        }
        orders.clear();
        assert!(orders.take(TOKEN).is_empty());
    }

    #[test]
    fn a_fault_waits_for_a_request_that_it_can_strike() {
        let orders = Orders::default();
        orders.add(Fault::RefreshWithoutRefreshToken, Some(1));
        assert!(orders.take(Occasion::At(Endpoint::UserInfo)).is_empty());
        assert!(orders.take(TOKEN).is_empty());
        assert_eq!(orders.take(Occasion::Refresh).len(), 1);
    }
}
