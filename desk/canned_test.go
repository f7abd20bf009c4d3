package desk

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestFill(t *testing.T) {
	v := ChatView{Me: Me{Name: "Anna Kowalska", Email: "anna@example.com"}, Groups: []Group{{ID: 2, Name: "Sales"}}}
	v.Chat = Chat{Groups: []int{2}, Users: []Person{{ID: "c", Name: "Marta Ruiz", Customer: &Customer{
		Fields: []Field{{Name: "Order No", Value: "88213"}, {Name: "agent", Value: "somebody else"}, {Name: "trick", Value: "%agent email%"}},
		Visit:  Visit{City: "Cádiz", Pages: []Page{{URL: "https://shop.example/a"}, {URL: "https://shop.example/b"}}}}}}}
	values := v.Values("1 March 2026", "14:03")
	for text, want := range map[string]string{
		"Hello %first name%, %Name%!":         "Hello Marta, Marta Ruiz!",
		"%ORDER NO% on %page%":                "88213 on https://shop.example/b",
		"%agent% of %group% in %city%":        "Anna Kowalska of Sales in Cádiz",
		"%date% %time%":                       "1 March 2026 14:03",
		"%email% and %nothing% stay":          "%email% and %nothing% stay",
		"%trick%":                             "%agent email%", // not filled in twice
		"100% sure, 5 % off, 10%":             "100% sure, 5 % off, 10%",
		"%" + strings.Repeat("x", 100) + "%%": "%" + strings.Repeat("x", 100) + "%%",
	} {
		if got := Fill(text, values); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
	if got := Unfilled("%email% 5 % %nothing%"); !slices.Equal(got, []string{"%email%", "%nothing%"}) {
		t.Errorf("unfilled %q", got)
	}
	if got := Fill("%name%%agent%", ChatView{}.Values("", "")); got != "%name%%agent%" {
		t.Errorf("with nothing known it gives %q", got)
	}
}

func TestCannedCheck(t *testing.T) {
	good := CannedResponse{Words: CannedWords("#Hi, /hello;hi"), Text: "Hello", At: time.Now()}
	if err := good.Check(); err != nil || !slices.Equal(good.Words, []string{"hi", "hello"}) {
		t.Errorf("%v %q", err, good.Words)
	}
	for field, change := range map[string]func(*CannedResponse){
		"text":  func(r *CannedResponse) { r.Text = " \n" },
		"words": func(r *CannedResponse) { r.Words = nil },
	} {
		r := good
		change(&r)
		if err := r.Check(); CodeOf(err) != Invalid {
			t.Errorf("%s: %v", field, err)
		}
	}
	for _, r := range []CannedResponse{
		{Words: []string{"a"}, Text: strings.Repeat("x", MaxCannedText+1)}, {Words: []string{"a"}, Text: "\xff"},
		{Words: strings.Fields("a b c d e f g h i j k"), Text: "x"}, {Words: []string{strings.Repeat("x", MaxCannedWord+1)}, Text: "x"},
	} {
		if err := r.Check(); CodeOf(err) != Invalid {
			t.Errorf("%.40v: %v", r, err)
		}
	}
}

func TestCannedFor(t *testing.T) {
	for _, c := range []struct {
		r      CannedResponse
		groups []int
		want   bool
	}{
		{CannedResponse{Group: EveryGroup}, []int{}, true},
		{CannedResponse{Group: 2}, []int{1, 2}, true},
		{CannedResponse{Group: 2}, []int{1}, false},
		{CannedResponse{Group: 2}, nil, true}, // groups are not known
		{CannedResponse{Owner: "anna", Group: EveryGroup}, nil, true},
		{CannedResponse{Owner: "ben", Group: EveryGroup}, nil, false},
	} {
		if got := c.r.For("anna", c.groups); got != c.want {
			t.Errorf("%+v for groups %v: %v", c.r, c.groups, got)
		}
	}
}
