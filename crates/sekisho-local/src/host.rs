//! Which names a request may use for this host. A page that makes its own name point to 127.0.0.1 is not answered.

use std::net::IpAddr;

use http::Request;
use http::header::HOST;
use http::uri::Authority;

#[derive(Debug)]
pub(crate) struct HostRule {
    address: IpAddr,
    names: Vec<String>,
}

impl HostRule {
    pub(crate) fn new(address: IpAddr, names: Vec<String>) -> Self {
        Self { address, names: names.into_iter().map(|name| name.to_ascii_lowercase()).collect() }
    }

    pub(crate) fn allows<T>(&self, request: &Request<T>) -> bool {
        let mut headers = request.headers().get_all(HOST).iter();
        let (Some(host), None) = (headers.next(), headers.next()) else { return false };
        let Ok(authority) = host.to_str().unwrap_or_default().parse::<Authority>() else { return false };
        // The target of the request line, where it is absolute, must not say otherwise.
        request.uri().authority().is_none_or(|target| target.host() == authority.host()) && self.allows_name(authority.host())
    }

    fn allows_name(&self, name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        match address {
            Ok(address) if address.is_loopback() || (address == self.address && !address.is_unspecified()) => true,
            Ok(IpAddr::V6(address)) if address.to_ipv4_mapped().is_some_and(|address| address.is_loopback()) => true,
            // Names below `localhost` are loopback everywhere (RFC 6761).
            _ => name == "localhost" || name.ends_with(".localhost") || self.names.contains(&name),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv6Addr;

    use super::*;

    #[test]
    fn only_names_of_loopback_and_given_ones_are_ours() {
        let rule = HostRule::new(Ipv6Addr::UNSPECIFIED.into(), vec!["Host.Docker.Internal".to_owned()]);
        let allows = |host: &str| rule.allows(&Request::builder().header(HOST, host).body(()).unwrap());
        for host in ["localhost:4566", "127.0.0.1", "127.1.2.3:80", "[::1]:4566", "sts.localhost", "host.docker.internal:1"] {
            assert!(allows(host), "{host}");
        }
        for host in ["evil.example", "localhost.evil.example", "0.0.0.0", "[::]", "10.0.0.1", "", "127.0.0.1.evil.example", "a@localhost@b"]
        {
            assert!(!allows(host), "{host}");
        }
    }
}
