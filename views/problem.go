package views

func (p ErrorPage) heading() string {
	if p.Heading != "" {
		return p.Heading
	}
	switch p.Status {
	case 400, 422:
		return p.T("That did not make sense")
	case 401:
		return p.T("Please sign in")
	case 403:
		return p.T("Not for you")
	case 404:
		return p.T("Nothing here")
	case 409:
		return p.T("It has changed meanwhile")
	case 413:
		return p.T("That is too big")
	case 429:
		return p.T("Slow down a little")
	case 503, 502, 504:
		return p.T("Not connected")
	}
	return p.T("Something went wrong")
}

func (p ErrorPage) text() string {
	if p.Text != "" {
		return p.Text
	}
	switch p.Status {
	case 404:
		return p.T("There is no such page, or it is not for you to see.")
	case 503, 502, 504:
		return p.T("The chat server cannot be reached right now. It is tried again by itself.")
	}
	return p.T("Please try again. If it happens again, tell an administrator.")
}
