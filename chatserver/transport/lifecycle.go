package transport

import (
	"net/http"

	"agentdesk/protocol/version"
)

// stable is the day on which each version became the stable one, by the headings
// of the changelog.
var stable = map[version.Version]string{
	version.V31: "2019-09-17", version.V32: "2020-06-18", version.V33: "2021-03-30", version.V34: "2021-12-22",
	version.V35: "2022-11-23", version.V36: "2025-08-07",
}

// setLifecycle tells in a header that a version is an old one, in answers of the
// Web API and in that of a websocket's handshake: Legacy, or Deprecation, with a
// day. The documents give the headers and which versions are which, but no days.
// Here a version is legacy from the day on which the next one became stable, and
// deprecated from the day of the one after that.
func setLifecycle(h http.Header, v version.Version) {
	if day := stable[v+2]; day != "" {
		h.Set("Deprecation", day)
	} else if day := stable[v+1]; day != "" {
		h.Set("Legacy", day)
	}
}
