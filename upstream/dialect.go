package upstream

import (
	"fmt"

	"github.com/go-json-experiment/json/jsontext"

	"agentdesk/protocol"
)

// dialect turns the canonical messages of this package into those of the
// connection's version and back. A nil function changes nothing and costs
// nothing, which is all there is to it at the canonical version.
type dialect struct {
	version string
	// request steps a method's name and payload down.
	request func(action string, payload jsontext.Value) (string, jsontext.Value, error)
	// response steps the payload of an answer up; action is the canonical one.
	response func(action string, payload jsontext.Value) (jsontext.Value, error)
	// push steps a push up from the version that it names.
	push func(version, action string, payload jsontext.Value) (string, jsontext.Value, error)
}

// dialectFor finds the dialect of a version such as "3.6".
func dialectFor(version string) (dialect, error) {
	switch version {
	case "", protocol.Canonical:
		return dialect{version: protocol.Canonical}, nil
	}
	return dialect{}, fmt.Errorf("version %q is not spoken: use %s", version, protocol.Canonical)
}
