package views

import (
	"strings"

	"golang.org/x/net/idna"
)

// punycode gives a host name in its plain letters, as it goes over the wire and
// as it cannot deceive.
func punycode(host string) (string, bool) {
	plain := true
	for i := 0; i < len(host); i++ {
		if host[i] >= 0x80 {
			plain = false
			break
		}
	}
	if plain {
		return strings.ToLower(host), true
	}
	ascii, err := idna.Lookup.ToASCII(host)
	return ascii, err == nil
}
