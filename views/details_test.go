package views

import "testing"

func TestVisits(t *testing.T) {
	for _, c := range []struct {
		n, pages int
		want     string
	}{{1, 0, "1"}, {1, 1, "1, 1 page"}, {12, 48, "12, 48 pages"}} {
		if got := sampleEnv.visits(c.n, c.pages); got != c.want {
			t.Errorf("%d visits of %d pages are told as %q, want %q", c.n, c.pages, got, c.want)
		}
	}
}
