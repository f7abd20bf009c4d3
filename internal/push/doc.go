// Package push calls agents in browsers that have no tab of the dashboard open,
// by Web Push (RFC 8030, encrypted as RFC 8291, signed as RFC 8292).
//
// The address that a message goes to comes from a browser, so it is not trusted:
// it must be https and lead out of the private networks, which is looked at again
// for the address that is really connected to. Nothing is followed elsewhere.
//
// This is the only package that knows github.com/SherClockHolmes/webpush-go.
package push
