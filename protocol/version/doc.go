// Package version is the ladder between the versions of the Agent Chat API,
// 3.0 to 3.7. Canonical is 3.6, the shape of package protocol.
//
// A message climbs or descends one version at a time. Everything is a pure
// function of its arguments and safe for concurrent use.
package version
