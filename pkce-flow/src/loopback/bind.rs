//! Opens the sockets of a loopback address.

use std::io;
use std::net::{IpAddr, SocketAddr};

use tokio::net::{TcpListener, TcpSocket};

use super::address::{Address, LoopbackHost};
use super::error::ListenError;

/// How often a free port of one family is given back because the other family's is taken.
const ATTEMPTS: usize = 16;

/// Connections that may wait for us to accept them.
const BACKLOG: u32 = 64;

/// All sockets of an address, on one port.
pub(super) fn bind(address: &Address) -> Result<(Vec<TcpListener>, u16), ListenError> {
    if tokio::runtime::Handle::try_current().is_err() {
        return Err(ListenError::system("a loopback listener needs a tokio runtime", None));
    }
    let mut attempts = if address.port.is_some() { 1 } else { ATTEMPTS };
    loop {
        attempts -= 1;
        match bind_all(address.host, address.port.unwrap_or(0)) {
            Ok(bound) => return Ok(bound),
            Err((_, error)) if is_taken(&error) && attempts > 0 => {}
            Err((place, error)) => return Err(explain(place, address, error)),
        }
    }
}

fn bind_all(
    host: LoopbackHost,
    port: u16,
) -> Result<(Vec<TcpListener>, u16), (SocketAddr, io::Error)> {
    let mut port = port;
    let mut sockets = Vec::new();
    for ip in host.addresses() {
        let place = SocketAddr::new(ip, port);
        match bind_one(place) {
            Ok(socket) => {
                port = socket.local_addr().map_err(|error| (place, error))?.port();
                sockets.push(socket);
            }
            // A machine without IPv6 answers localhost on IPv4 alone.
            Err(_) if !sockets.is_empty() && family_is_missing(ip) => {}
            Err(error) => return Err((place, error)),
        }
    }
    Ok((sockets, port))
}

fn bind_one(place: SocketAddr) -> io::Result<TcpListener> {
    let socket = if place.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // Without it a fixed port stays blocked for a minute after a login. It admits no second
    // listener on Unix; on Windows it would, so it is left alone there.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(place)?;
    socket.listen(BACKLOG)
}

/// Whether this machine has no loopback address of this family, whatever the port.
fn family_is_missing(ip: IpAddr) -> bool {
    std::net::TcpListener::bind(SocketAddr::new(ip, 0)).is_err()
}

fn is_taken(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::AddrInUse
}

fn explain(place: SocketAddr, address: &Address, error: io::Error) -> ListenError {
    let uri = address.with_port(place.port());
    match error.kind() {
        io::ErrorKind::AddrInUse => ListenError::taken(
            format!(
                "cannot listen on {place} for the redirect URI `{uri}`: another program listens \
                 there; stop it (perhaps a login that still waits), or use a redirect URI \
                 with another port, or with none where the provider allows any"
            ),
            error,
        ),
        io::ErrorKind::PermissionDenied => ListenError::system(
            format!(
                "cannot listen on {place} for the redirect URI `{uri}`: this user may not use \
                 port {}; use a port above 1023, or none",
                place.port()
            ),
            Some(error),
        ),
        _ => ListenError::system(
            format!("cannot listen on {place} for the redirect URI `{uri}`: {error}"),
            Some(error),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::ListenErrorKind;
    use super::*;

    fn address(uri: &str) -> Address {
        Address::parse(uri).expect("a loopback redirect URI")
    }

    fn fixed(uri: &str, port: u16) -> Address {
        address(&uri.replace("PORT", &port.to_string()))
    }

    #[tokio::test]
    async fn only_the_loopback_interface_is_listened_on() {
        for uri in ["http://127.0.0.1/", "http://localhost/"] {
            let (sockets, port) = bind(&address(uri)).expect("a free port");
            for socket in sockets {
                let local = socket.local_addr().expect("an address");
                assert!(local.ip().is_loopback(), "{local}");
                assert_eq!(local.port(), port);
            }
        }
    }

    #[tokio::test]
    async fn localhost_has_both_families_on_one_port_where_the_machine_has_both() {
        let families =
            if family_is_missing(IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1])) { 1 } else { 2 };
        let (sockets, port) = bind(&address("http://localhost/callback")).expect("a free port");
        assert_eq!(sockets.len(), families);
        drop(sockets);
        let (sockets, again) = bind(&fixed("http://localhost:PORT/", port)).expect("free again");
        assert_eq!((sockets.len(), again), (families, port));
    }

    #[tokio::test]
    async fn a_port_that_is_taken_is_an_error_that_names_it() {
        let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = taken.local_addr().expect("an address").port();
        for uri in ["http://127.0.0.1:PORT/cb", "http://localhost:PORT/cb"] {
            let error = bind(&fixed(uri, port)).expect_err("the port is taken");
            assert_eq!(error.kind(), ListenErrorKind::Taken);
            assert!(error.to_string().contains(&format!("127.0.0.1:{port}")), "{error}");
        }
    }

    #[tokio::test]
    async fn localhost_is_refused_where_only_the_other_family_is_taken() {
        let Ok(taken) = std::net::TcpListener::bind("[::1]:0") else {
            return; // A machine without IPv6 has nothing to take.
        };
        let port = taken.local_addr().expect("an address").port();
        let error = bind(&fixed("http://localhost:PORT/", port)).expect_err("half of it is taken");
        assert_eq!(error.kind(), ListenErrorKind::Taken);
        assert!(error.to_string().contains(&format!("[::1]:{port}")), "{error}");
    }

    #[tokio::test]
    async fn a_second_listener_of_our_own_is_refused_too() {
        let (_sockets, port) = bind(&address("http://127.0.0.1/")).expect("a free port");
        let error = bind(&fixed("http://127.0.0.1:PORT/", port)).expect_err("taken by ourselves");
        assert_eq!(error.kind(), ListenErrorKind::Taken);
    }

    #[test]
    fn without_a_runtime_it_is_an_error_and_no_panic() {
        let error = bind(&address("http://127.0.0.1/")).expect_err("no runtime");
        assert_eq!(error.kind(), ListenErrorKind::System);
    }
}
