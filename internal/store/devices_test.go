package store

import (
	"fmt"
	"testing"
	"time"

	"agentdesk/desk"
)

func TestDevices(t *testing.T) {
	db, err := Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	ctx, at := t.Context(), time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	put := func(agent string, v desk.Device) {
		t.Helper()
		if err := db.PutDevice(ctx, agent, v); err != nil {
			t.Fatal(err)
		}
	}
	list := func(agent string) []desk.Device {
		t.Helper()
		l, err := db.Devices(ctx, agent)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	one := desk.Device{Endpoint: "https://push.example/1", P256dh: "k", Auth: "a", UserAgent: "Firefox", Words: true, CreatedAt: at}
	put("anna", one)
	if got := list("anna"); len(got) != 1 || got[0] != one {
		t.Errorf("got %+v", got)
	}
	put("ben", one) // signed in at the same browser later
	if len(list("anna")) != 0 || len(list("ben")) != 1 {
		t.Error("an endpoint belongs to two agents")
	}
	if err := db.DeleteDevice(ctx, "anna", one.Endpoint); err != nil || len(list("ben")) != 1 {
		t.Errorf("another agent's device was deleted (%v)", err)
	}
	if err := db.DeleteDevice(ctx, "ben", one.Endpoint); err != nil || len(list("ben")) != 0 {
		t.Errorf("not deleted: %v", err)
	}
	for i := range MaxDevices + 3 {
		put("anna", desk.Device{Endpoint: fmt.Sprint("https://push.example/", i), CreatedAt: at.Add(time.Duration(i) * time.Minute)})
	}
	if got := list("anna"); len(got) != MaxDevices || got[0].Endpoint != "https://push.example/3" {
		t.Errorf("%d devices, the oldest %s", len(got), got[0].Endpoint)
	}
}
