//go:build !unix

package main

// lockFolder does nothing where there are no advisory locks.
func lockFolder(string) (unlock func() error, err error) { return func() error { return nil }, nil }
