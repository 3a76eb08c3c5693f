package delivery

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

// NewClient makes a client that reaches what a policy allows alone: each connection is decided on
// after its name was resolved and before it is opened, so that no other answer of a name server
// comes in between. It follows no redirects and uses no proxy.
func NewClient(p Policy, timeout time.Duration) *http.Client {
	dial := func(ctx context.Context, network, hostPort string) (net.Conn, error) {
		dialer := net.Dialer{Timeout: timeout / 2, ControlContext: func(_ context.Context, _, address string, _ syscall.RawConn) error {
			if p.Names(hostPort) {
				return nil
			}
			to, err := netip.ParseAddrPort(address)
			if err != nil {
				return fmt.Errorf("%s cannot be judged: %w", address, err)
			}
			return p.Check(to)
		}}
		return dialer.DialContext(ctx, network, hostPort)
	}
	return &http.Client{
		Timeout:       timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			Proxy: nil, DialContext: dial, ForceAttemptHTTP2: true,
			TLSHandshakeTimeout: timeout / 2, ResponseHeaderTimeout: timeout, IdleConnTimeout: time.Minute,
			MaxIdleConns: 64, MaxIdleConnsPerHost: 8, MaxConnsPerHost: 16, MaxResponseHeaderBytes: 16 << 10, DisableCompression: true,
		},
	}
}
