package delivery

import (
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// Policy says which addresses may be reached beside those of the public internet.
type Policy struct {
	prefixes []netip.Prefix
	hosts    map[string]bool // host:port
}

// ParsePolicy reads what is allowed: each a range (10.1.0.0/16), or a host with a port.
func ParsePolicy(allowed []string) (Policy, error) {
	p := Policy{hosts: map[string]bool{}}
	for _, text := range allowed {
		if prefix, err := netip.ParsePrefix(text); err == nil {
			p.prefixes = append(p.prefixes, prefix.Masked())
			continue
		}
		host, port, err := net.SplitHostPort(text)
		if _, bad := strconv.ParseUint(port, 10, 16); err != nil || bad != nil || host == "" {
			return Policy{}, fault.Newf(fault.InvalidParameter, "“%s”应为网段（10.1.0.0/16）或 主机:端口", "%q should be a range (10.1.0.0/16) or host:port", text).At("webhook-allow")
		}
		p.hosts[strings.ToLower(net.JoinHostPort(host, port))] = true
	}
	return p, nil
}

// Names reports whether a host and port are allowed by name, whatever they resolve to.
func (p Policy) Names(hostPort string) bool { return p.hosts[strings.ToLower(hostPort)] }

// Check refuses an address that must not be reached. It is decided on the address that a
// connection would go to, after names were resolved, and is pure.
func (p Policy) Check(to netip.AddrPort) error {
	address := to.Addr()
	if p.hosts[to.String()] {
		return nil
	}
	if port := to.Port(); port != 80 && port != 443 && port < 1024 {
		return fmt.Errorf("port %d is not one that webhooks may reach", port)
	}
	plain := address.Unmap()
	for _, prefix := range p.prefixes {
		if prefix.Contains(plain) && plain.Zone() == "" {
			return nil
		}
	}
	if !isPublic(address) {
		return fmt.Errorf("%s is not an address of the public internet", address)
	}
	return nil
}

// isPublic reports whether an address, and the IPv4 address that one of IPv6 stands for, is of
// the public internet.
func isPublic(a netip.Addr) bool {
	if !a.IsValid() || a.Zone() != "" {
		return false
	}
	a = a.Unmap()
	if a.Is4() {
		return !within(a, special4)
	}
	b := a.As16()
	switch {
	case nat64.Contains(a):
		return isPublic(netip.AddrFrom4([4]byte(b[12:16])))
	case sixToFour.Contains(a):
		return isPublic(netip.AddrFrom4([4]byte(b[2:6])))
	case b[8]&^0x02 == 0 && b[9] == 0 && b[10] == 0x5e && b[11] == 0xfe: // ISATAP
		return global6.Contains(a) && !within(a, special6) && isPublic(netip.AddrFrom4([4]byte(b[12:16])))
	}
	return global6.Contains(a) && !within(a, special6)
}

func within(a netip.Addr, prefixes []netip.Prefix) bool {
	for _, p := range prefixes {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

var (
	nat64     = netip.MustParsePrefix("64:ff9b::/96")
	sixToFour = netip.MustParsePrefix("2002::/16")
	global6   = netip.MustParsePrefix("2000::/3") // all that has been given out
	// special4 and special6 are those of IANA's registries of special addresses that are not
	// reachable from everywhere, and addresses at which clouds tell machines their secrets.
	special4 = prefixes("0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 " +
		"192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 168.63.129.16/32")
	special6 = prefixes("2001::/23 2001:db8::/32 3fff::/20")
)

func prefixes(list string) (all []netip.Prefix) {
	for _, text := range strings.Fields(list) {
		all = append(all, netip.MustParsePrefix(text))
	}
	return all
}
