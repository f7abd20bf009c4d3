package desk

import (
	"strings"
	"testing"
)

func TestCustomerNoteCheck(t *testing.T) {
	for text, field := range map[string]string{
		"Calls at noon": "", " \n": "text", strings.Repeat("x", MaxNoteBytes): "", strings.Repeat("x", MaxNoteBytes+1): "text", "\xff": "text", "a\x00b": "text",
	} {
		got := ""
		if err := (CustomerNote{Text: text}).Check(); err != nil {
			got = err.(*Error).Field
		}
		if got != field {
			t.Errorf("%.20q: wrong field %q, want %q", text, got, field)
		}
	}
}

func TestCustomerNoteRights(t *testing.T) {
	n := CustomerNote{Author: "anna"}
	for _, tt := range []struct {
		me           Me
		edit, delete bool
	}{
		{Me{ID: "anna", Permission: RoleNormal}, true, true},
		{Me{ID: "ben", Permission: RoleNormal}, false, false},
		{Me{ID: "ben", Permission: RoleAdministrator}, false, true},
	} {
		if n.EditedBy(tt.me) != tt.edit || n.DeletedBy(tt.me) != tt.delete {
			t.Errorf("%+v: edit %v, delete %v", tt.me, n.EditedBy(tt.me), n.DeletedBy(tt.me))
		}
	}
}
