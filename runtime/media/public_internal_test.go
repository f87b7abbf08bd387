package media

import (
	"errors"
	"net/netip"
	"testing"
)

// TestPublic holds the edges of every network that is nobody's on the Internet: the first and the last address are refused, their
// neighbours are not.
func TestPublic(t *testing.T) {
	t.Parallel()
	for _, network := range []string{
		"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
		"192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
		"::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/32", "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
	} {
		p := netip.MustParsePrefix(network)
		first, last := p.Addr(), lastOf(p)
		for _, ip := range []netip.Addr{first, last} {
			if public(ip) {
				t.Errorf("%s of %s passes for public", ip, p)
			}
		}
		for _, ip := range []netip.Addr{first.Prev(), last.Next()} {
			if ip.IsValid() && !public(ip) && !beside[ip.String()] {
				t.Errorf("%s, just outside %s, does not pass", ip, p)
			}
		}
	}
}

// beside are addresses just outside one of the networks that lie in another one.
var beside = map[string]bool{
	"239.255.255.255": true, "240.0.0.0": true, "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff": true, "fec0::": true,
	"feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff": true, "ff00::": true,
}

// lastOf is the last address of a network.
func lastOf(p netip.Prefix) netip.Addr {
	b := p.Addr().AsSlice()
	for i := range b {
		for bit := range 8 {
			if i*8+bit >= p.Bits() {
				b[i] |= 1 << (7 - bit)
			}
		}
	}
	last, _ := netip.AddrFromSlice(b)
	return last
}

func TestPublicAddresses(t *testing.T) {
	t.Parallel()
	for _, ip := range []string{"1.1.1.1", "8.8.8.8", "118.69.0.1", "223.255.255.255", "2606:4700::1111", "2a00:1450::1", "64:ff9b:2::1"} {
		if !public(netip.MustParseAddr(ip)) {
			t.Errorf("%s does not pass for public", ip)
		}
	}
}

// TestControl is the last look before a connection, at the address that a name was resolved to, whatever way it is written.
func TestControl(t *testing.T) {
	t.Parallel()
	open, near := New(Config{}), New(Config{Private: []netip.Prefix{netip.MustParsePrefix("10.1.0.0/16")}})
	for address, want := range map[string][2]bool{ // whether open and near connect
		"118.69.0.1:443":        {true, true},
		"[2606:4700::1111]:443": {true, true},
		"10.1.2.3:443":          {false, true},
		"[::ffff:10.1.2.3]:443": {false, true},
		"10.2.0.1:443":          {false, false},
		"127.0.0.1:80":          {false, false},
		"[::ffff:127.0.0.1]:80": {false, false},
		"[::127.0.0.1]:80":      {false, false},
		"[64:ff9b::7f00:1]:80":  {false, false},
		"[fe80::1%eth0]:443":    {false, false},
		"169.254.169.254:80":    {false, false},
		"255.255.255.255:443":   {false, false},
		"localhost:443":         {false, false}, // never resolved here
		"118.69.0.1":            {false, false}, // no port
		"":                      {false, false},
	} {
		for i, f := range []*Fetcher{open, near} {
			err := f.control("tcp", address, nil)
			if (err == nil) != want[i] || err != nil && !errors.Is(err, ErrRefused) {
				t.Errorf("fetcher %d, %q: %v, want it to connect: %v", i, address, err, want[i])
			}
		}
	}
}
