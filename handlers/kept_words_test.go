package handlers

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// What is too long comes back with the reason, as it was written.
func TestWhatIsTooLongComesBack(t *testing.T) {
	h := newHouse(t, "").signIn()
	long := strings.Repeat("ż", maxLabel/2+1)
	h.get("/archives?query="+url.QueryEscape(long)).want(t, http.StatusUnprocessableEntity, `value="`+long+`"`)
	h.post("/canned/save", url.Values{"words": {long}, "text": {"Good morning"}, "for": {"me"}}.Encode()).want(t, http.StatusUnprocessableEntity, `value="#`+long+`"`, "Good morning")
}
