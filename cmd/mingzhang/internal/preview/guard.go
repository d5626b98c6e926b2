package preview

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// allowed reports whether a request names the preview itself. A page of someone
// else's that has its own name resolve to this machine, to read what is served
// here, sends that name; an address in numbers cannot be made to mean another
// machine.
func (s *Server) allowed(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.TrimSuffix(strings.ToLower(strings.Trim(name, "[]")), ".")
	if name == "localhost" || slices.Contains(s.Hosts, name) {
		return true
	}
	ip, err := netip.ParseAddr(name)
	return err == nil && (ip.IsLoopback() || s.Anywhere)
}

// ownPage reports whether a request that acts comes from a page of the preview.
func ownPage(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" {
		return false
	}
	return r.Header.Get("Origin") == "http://"+r.Host
}

// near reports whether a request comes from this machine.
func near(r *http.Request) bool {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && at.Addr().IsLoopback()
}
