package views

func (p ErrorPage) heading() string {
	if p.Heading != "" {
		return p.Heading
	}
	switch p.Status {
	case 400, 422:
		return "That did not make sense"
	case 401:
		return "Please sign in"
	case 403:
		return "Not for you"
	case 404:
		return "Nothing here"
	case 409:
		return "It has changed meanwhile"
	case 413:
		return "That is too big"
	case 429:
		return "Slow down a little"
	case 503, 502, 504:
		return "Not connected"
	}
	return "Something went wrong"
}

func (p ErrorPage) text() string {
	if p.Text != "" {
		return p.Text
	}
	switch p.Status {
	case 404:
		return "There is no such page, or it is not for you to see."
	case 503, 502, 504:
		return "The chat server cannot be reached right now. It is tried again by itself."
	}
	return "Please try again. If it happens again, tell an administrator."
}
