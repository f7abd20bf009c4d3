package version

// Scopes that more than one method asks for. 3.0 spells read and write out.
var (
	chatsRead      = []string{"chats--all:ro", "chats--access:ro"}
	chatsReadMy    = []string{"chats--all:ro", "chats--access:ro", "chats--my:ro"}
	chatsWrite     = []string{"chats--all:rw", "chats--access:rw"}
	chatsWriteMy   = []string{"chats--all:rw", "chats--access:rw", "chats--my:rw"}
	conversation   = []string{"chats.conversation--all:rw", "chats.conversation--access:rw", "chats.conversation--my:rw"}
	postback       = []string{"chats.conversation--all:rw", "chats.conversation--my:rw"}
	customersRead  = []string{"customers:ro"}
	customersWrite = []string{"customers:rw"}
	status         = []string{"agents--my:rw", "agents--all:rw", "agents-bot--my:rw", "agents-bot--all:rw"}
	statuses       = []string{"agents--all:ro", "agents-bot--all:ro"}
	logins         = []string{"chats--access:ro", "customers:ro", "multicast:ro", "agents--all:ro", "agents-bot--all:ro"}

	chatsRead30    = []string{"chats--all:read", "chats--access:read"}
	conversation30 = []string{"chats.conversation--all:write", "chats.conversation--my:write"}
	members30      = []string{"chats.conversation--all:write", "chats.meta--all:write", "chats.meta--my:write"}
	opening30      = append(conversation[:3:3], chatsWriteMy...)
)

// both is a row for a method that RTM and Web have.
func both(name string, since, until Version, scopes ...Scopes) Method {
	r := Range{since, until}
	return Method{name, r, r, r, scopes}
}

// rtmOnly is a row for a method that Web does not have.
func rtmOnly(name string, since, until Version, scopes ...Scopes) Method {
	r := Range{since, until}
	return Method{name, r, r, Range{}, scopes}
}

// webOnly is a row for a method that RTM does not have.
func webOnly(name string, since, until Version, scopes ...Scopes) Method {
	r := Range{since, until}
	return Method{name, r, Range{}, r, scopes}
}

// late is a row for a method that servers take although its page is gone.
func late(name string, since, until Version, scopes ...Scopes) Method {
	r := Range{since, V37}
	return Method{name, Range{since, until}, r, r, scopes}
}

func oneOf(since, until Version, names ...string) Scopes {
	return Scopes{Range{since, until}, names, names, false}
}

func every(since, until Version, names ...string) Scopes {
	return Scopes{Range{since, until}, names, names, true}
}

func perTransport(since, until Version, rtm, web []string) Scopes {
	return Scopes{Range{since, until}, rtm, web, false}
}
