package delivery

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"
)

func TestAddressesThatMayBeReached(t *testing.T) {
	for text, public := range map[string]bool{
		"8.8.8.8": true, "223.5.5.5": true, "2400:3200::1": true, "::ffff:8.8.8.8": true, "64:ff9b::808:808": true, "2002:808:808::1": true,
		"0.0.0.0": false, "10.0.0.1": false, "100.64.0.1": false, "100.100.100.200": false, "127.0.0.1": false, "127.255.0.1": false,
		"169.254.169.254": false, "172.16.0.1": false, "172.31.255.255": false, "172.32.0.1": true, "192.168.1.1": false, "192.0.0.192": false,
		"198.18.0.1": false, "224.0.0.1": false, "255.255.255.255": false, "168.63.129.16": false,
		"::": false, "::1": false, "fe80::1": false, "fe80::1%eth0": false, "fc00::1": false, "fd00:ec2::254": false, "ff02::1": false, "2001:db8::1": false,
		"::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false, "::ffff:169.254.169.254": false, "::127.0.0.1": false,
		"64:ff9b::7f00:1": false, "64:ff9b::a9fe:a9fe": false, "64:ff9b:1::1": false, "2002:7f00:1::": false, "2002:a00:1::1": false, "2002:a9fe:a9fe::1": false,
		"2001::1": false, "fec0::1": false, "2400:3200::5efe:10.0.0.1": false, "2400:3200::200:5efe:7f00:1": false,
	} {
		err := Policy{}.Check(netip.AddrPortFrom(netip.MustParseAddr(text), 443))
		if (err == nil) != public {
			t.Errorf("%s: %v, public %v", text, err, public)
		}
	}
	for port, allowed := range map[uint16]bool{80: true, 443: true, 8443: true, 22: false, 25: false, 0: false, 1023: false} {
		if err := (Policy{}).Check(netip.AddrPortFrom(netip.MustParseAddr("8.8.8.8"), port)); (err == nil) != allowed {
			t.Errorf("port %d: %v", port, err)
		}
	}
	p, err := ParsePolicy([]string{"10.1.0.0/16", "127.0.0.1:22", "[::1]:9000"})
	if err != nil {
		t.Fatal(err)
	}
	for text, allowed := range map[string]bool{
		"10.1.2.3:443": true, "[::ffff:10.1.2.3]:443": true, "10.2.0.1:443": false, "10.1.2.3:22": false,
		"127.0.0.1:22": true, "127.0.0.1:80": false, "[::1]:9000": true, "[::1]:9001": false,
	} {
		if err := p.Check(netip.MustParseAddrPort(text)); (err == nil) != allowed {
			t.Errorf("%s: %v, allowed %v", text, err, allowed)
		}
	}
	for _, text := range []string{"", "10.0.0.0/33", "host", "host:port", ":80"} {
		if _, err := ParsePolicy([]string{text}); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
}

// TestNamesAreJudgedByWhatTheyResolveTo reaches this machine by a name, and is sent elsewhere.
func TestNamesAreJudgedByWhatTheyResolveTo(t *testing.T) {
	reached := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reached++
		http.Redirect(w, r, "http://127.0.0.1:1/", http.StatusFound)
	}))
	defer server.Close()
	_, port, _ := strings.Cut(strings.TrimPrefix(server.URL, "http://"), ":")
	get := func(p Policy, address string) (int, error) {
		r, err := http.NewRequestWithContext(context.WithoutCancel(t.Context()), http.MethodGet, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := NewClient(p, time.Second).Do(r)
		if err != nil {
			return 0, err
		}
		return resp.StatusCode, resp.Body.Close()
	}
	for _, address := range []string{server.URL, "http://localhost:" + port} {
		if _, err := get(Policy{}, address); err == nil || !strings.Contains(err.Error(), "not an address of the public internet") || reached != 0 {
			t.Errorf("%s: %v, reached %d times", address, err, reached)
		}
	}
	p, err := ParsePolicy([]string{"127.0.0.1:" + port})
	if err != nil {
		t.Fatal(err)
	}
	if status, err := get(p, server.URL); err != nil || status != http.StatusFound || reached != 1 {
		t.Errorf("%d %v, reached %d times: a redirect is not to be followed", status, err, reached)
	}
}

// TestSignature is held against the example of the specification.
func TestSignature(t *testing.T) {
	at := time.Unix(1614265330, 0)
	got := Sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", at, []byte(`{"test": 2432232314}`))
	if want := "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
