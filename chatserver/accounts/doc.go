// Package accounts is the accounts service's part that agents need: a token for
// e-mail and password, what a token is, and its end.
//
// The password grant is this server's own extension; the rest has the shapes of
// the vendor's accounts service, v2 (auth guide, section 3).
package accounts
