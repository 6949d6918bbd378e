//! The stores and clients that ship keep the contracts that any implementation can be held to.

use pkce_flow::MemoryStore;
use pkce_flow::blocking::{self, UreqClient};
use pkce_flow::transport::{HttpClient, HttpError, Limits, ReqwestClient};
use pkce_flow_testing::contract;

/// The blocking client as the async trait, for the contract.
struct OnAThread(std::sync::Arc<UreqClient>);

impl HttpClient for OnAThread {
    async fn send(
        &self,
        request: http::Request<Vec<u8>>,
        limits: &Limits,
    ) -> Result<http::Response<Vec<u8>>, HttpError> {
        let (client, limits) = (std::sync::Arc::clone(&self.0), *limits);
        tokio::task::spawn_blocking(move || blocking::HttpClient::send(&*client, request, &limits))
            .await
            .expect("no panic")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_memory_store_keeps_the_contract() {
    contract::pending_store(MemoryStore::new).await;
    contract::pending_store_with_clock(|clock| MemoryStore::with_capacity_and_clock(1_000, clock))
        .await;
}

#[tokio::test]
async fn the_reqwest_client_keeps_the_contract() {
    contract::http_client(ReqwestClient::new()).await;
}

#[tokio::test]
async fn the_ureq_client_keeps_the_contract() {
    contract::http_client(OnAThread(std::sync::Arc::new(UreqClient::new()))).await;
}
