package views

import (
	"fmt"
	"testing"

	"agentdesk/desk"
)

func sampleCanned() CannedPage {
	p := CannedPage{Page: page("Canned responses", NavSettings), Groups: sampleGroups, Edit: desk.CannedResponse{Group: desk.EveryGroup}}
	p.Me.Permission = "administrator"
	p.List = []desk.CannedResponse{
		{ID: "R1", Group: desk.EveryGroup, Words: []string{"refund", "money"}, Text: "Hello %first name%, your refund for order %order% was released on %date%.\nIt takes up to three days."},
		{ID: "R2", Group: 2, Words: []string{"terms"}, Text: "Here are our terms.", Files: []desk.CannedFile{{ID: "F1", Name: "terms.pdf", Size: 212_000}}},
		{ID: "R3", Owner: sampleMe.ID, Group: desk.EveryGroup, Words: []string{"bye"}, Text: "Have a nice day! شكرا"},
	}
	return p
}

// wrongCanned is what an import that was refused shows.
func wrongCanned() CannedPage {
	p := sampleCanned()
	p.Error, p.Wrong = "Nothing was imported. This is wrong in the file:", []string{"Line 3: Write a word that finds it.", "Line 5: There is no such group.", "and 2 more lines"}
	return p
}

func editCanned() CannedPage {
	p := sampleCanned()
	p.Edit, p.Error, p.Added = p.List[1], "A canned response can have up to 3 files.", 2
	return p
}

func sampleChoice() ChoicePage {
	return ChoicePage{Page: page("Canned responses", NavChats), ChatID: "JONAS", List: sampleCanned().List, CustomID: "cafe"}
}

func TestCannedPagesAreCut(t *testing.T) {
	p := CannedPage{}
	for i := range 2*cannedRows + 7 {
		p.List = append(p.List, desk.CannedResponse{ID: fmt.Sprint(i), Words: []string{fmt.Sprintf("w%d", i)}, Text: "text"})
	}
	for _, c := range []struct {
		from        int
		query       string
		shown, next int
	}{{0, "", 50, 50}, {50, "", 50, 100}, {100, "", 7, 0}, {9000, "", 0, 0}, {-3, "", 50, 50}, {0, "#w10", 8, 0}, {0, "TEXT", 50, 50}, {0, "zebra", 0, 0}} {
		p.From, p.Query = c.from, c.query
		if list, next := p.shown(); len(list) != c.shown || next != c.next {
			t.Errorf("from %d of %q: %d shown, next %d", c.from, c.query, len(list), next)
		}
	}
}
