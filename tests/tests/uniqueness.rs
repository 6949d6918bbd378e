//! What must hold under numbers: nothing repeats, one of many wins, many runtimes share a manager.

mod embedded;

use std::collections::HashSet;
use std::sync::{Arc, Barrier};

use pkce_flow::{ErrorCode, Providers, User};
use pkce_flow_testing::TestServer;

use embedded::{builder, manager, user};

#[tokio::test]
async fn ten_thousand_logins_repeat_no_state_and_no_verifier() {
    let providers = Providers::from_toml_str(
        r#"
        [providers.corp]
        root_url = "https://corp.example/"
        client_id = "app"
        redirect_uri = "https://app.example/callback"
        scope = "openid"
        "#,
    )
    .expect("right");
    let corp = providers.manager("corp").expect("right");
    let mut seen = HashSet::new();
    for n in 0..10_000 {
        let user = User::new(format!("user {}", n / 10));
        let secrets = corp.make_user_secrets(&user).await.expect("secrets");
        assert!(seen.insert(secrets.state().expose().to_owned()), "a state came twice");
        assert!(seen.insert(secrets.code_verifier().expose().to_owned()), "a verifier came twice");
        let nonce = secrets.nonce().expect("openid is asked for").expose().to_owned();
        assert!(seen.insert(nonce), "a nonce came twice");
        assert_eq!(secrets.state().expose().len(), 43);
        assert_eq!(secrets.code_verifier().expose().len(), 43);
        assert_eq!(secrets.code_challenge(), secrets.code_verifier().challenge());
    }
}

#[test]
fn of_callbacks_racing_for_one_login_exactly_one_wins() {
    const THREADS: usize = 16;
    let server = TestServer::start();
    let manager = manager(&server);
    for _ in 0..10 {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let callback =
            runtime.block_on(embedded::callback(&server, &manager, &user())).expect("a callback");
        let barrier = Arc::new(Barrier::new(THREADS));
        let racers: Vec<_> = (0..THREADS)
            .map(|_| {
                let (manager, callback) = (manager.clone(), callback.clone());
                let barrier = Arc::clone(&barrier);
                std::thread::spawn(move || {
                    let runtime = tokio::runtime::Builder::new_current_thread()
                        .enable_all()
                        .build()
                        .expect("a runtime");
                    barrier.wait();
                    runtime.block_on(manager.finish(&user(), &callback))
                })
            })
            .collect();
        let outcomes: Vec<_> =
            racers.into_iter().map(|racer| racer.join().expect("no panic")).collect();
        let won = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!(won, 1, "{outcomes:?}");
        for error in outcomes.into_iter().filter_map(Result::err) {
            assert_eq!(error.code(), ErrorCode::LoginAlreadyUsed);
        }
    }
}

#[test]
fn one_manager_serves_eight_threads_with_two_hundred_runtimes() {
    let server = TestServer::start();
    let manager =
        builder(&server).limits(pkce_flow::transport::Limits::default()).build().expect("right");
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let (server, manager) = (&server, &manager);
            scope.spawn(move || {
                for round in 0..25 {
                    let runtime = tokio::runtime::Builder::new_current_thread()
                        .enable_all()
                        .build()
                        .expect("a runtime");
                    let user = User::new(format!("thread {thread} round {round}"));
                    runtime
                        .block_on(async {
                            let callback = embedded::callback(server, manager, &user).await?;
                            let tokens = manager.finish(&user, callback).await?;
                            manager.userinfo(&tokens).await
                        })
                        .unwrap_or_else(|error| panic!("thread {thread} round {round}: {error}"));
                }
            });
        }
    });
}
