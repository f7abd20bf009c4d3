package upstream

import (
	"fmt"

	"github.com/go-json-experiment/json/jsontext"

	"agentdesk/desk"
	"agentdesk/protocol"
	"agentdesk/protocol/version"
)

// dialect is the version of the API that a registry's sessions speak. It turns
// the canonical messages of this package into that version's and back. At the
// canonical version nothing is turned and nothing is paid.
type dialect struct{ version.Version }

// dialectFor finds the dialect of a version such as "3.6", which is also what
// empty gives.
func dialectFor(name string) (dialect, error) {
	if name == "" {
		return dialect{version.Canonical}, nil
	}
	v, err := version.Parse(name)
	if err != nil {
		return dialect{}, fmt.Errorf("version %q is not spoken: use 3.0 to 3.7", name)
	}
	return dialect{v}, nil
}

// can says what pages may offer at this version.
func (d dialect) can() desk.Can {
	return desk.Can{
		FileNotes: d.Version >= version.V31, SearchTags: d.Version >= version.V31, MarkFound: d.Version >= version.V32, FollowCustomers: d.Version >= version.V33,
		SortCustomers: d.Version >= version.V33, SeeSite: d.Version >= version.V36,
		AddCustomers: d.Version < version.V36, PhoneNotices: d.Version < version.V35,
		JoinUnseen: d.Version >= version.V34, Summarise: d.Version >= version.V36, ShowThinking: d.Version >= version.V36,
		ShareChats: d.Version < version.V34, SetAccess: d.Version < version.V32, Preview: d.Version >= version.V36, Phones: d.Version >= version.V36,
	}
}

// monitoring is the level of customers that this desk asks to be told of. Before 3.3
// everybody on the site is told of, and from 3.6 on who is there can be asked. 3.3
// knows no highest_available: its step of the ladder asks for online, its widest
// (v3.3 and v3.4 documents, "Login").
func (d dialect) monitoring() string {
	if d.Version >= version.V33 && d.Version < version.V36 {
		return "highest_available"
	}
	return ""
}

// native is a payload that is in the words of the connection's version already.
// It goes with a method of that version.
type native struct{ payload any }

// errTooOld is for what the version has no word for.
var errTooOld = desk.Fail(desk.Conflict, "This chat server speaks an older version of its API, which cannot do this.")

// errTooNew is for what the version has no word for any more.
var errTooNew = desk.Fail(desk.Conflict, "This chat server speaks a newer version of its API, which cannot do this any more.")

// say puts a request into the words of the version: a canonical one, or a native
// one.
func (d dialect) say(action string, payload any) (version.Message, error) {
	m := version.Message{Action: action}
	words, isNative := payload.(native)
	if isNative {
		payload = words.payload
	}
	if payload != nil {
		var err error
		if m.Payload, err = protocol.Encode(payload); err != nil {
			return m, err
		}
	}
	if d.Version == version.Canonical || isNative {
		return m, nil
	}
	said, err := version.Request(m, version.Canonical, d.Version)
	if err != nil {
		return m, errTooOld
	}
	if _, has := d.Method(said.Action); !has && said.Action != protocol.ActPing {
		return m, errTooOld
	}
	return said, nil
}

// hear puts the payload of the answer to a request into canonical words. said is
// the request as it went out.
func (d dialect) hear(said version.Message, payload jsontext.Value) (jsontext.Value, error) {
	if d.Version == version.Canonical {
		return payload, nil
	}
	return version.Response(said, payload, d.Version, version.Canonical)
}

// of is the version a frame is in: the one that it names, from 3.3 on, else the
// connection's. A name that is not known is taken for the connection's too.
func (d dialect) of(name string) version.Version {
	if name == "" || d.Version < version.V33 {
		return d.Version
	}
	if v, err := version.Parse(name); err == nil {
		return v
	}
	return d.Version
}

// quickVersion reports whether incoming_event of a version is shaped like the canonical
// one: from 3.4 on nothing of it changed but for kinds of events that came new.
func quickVersion(v version.Version) bool { return v >= version.V34 }
