package version

import "strings"

// Changelog 3.5: work_scheduler of agents and bots has a new format. Before, it
// was {"monday":{"start":…,"end":…}}; after, a list of days, each enabled or
// not, and a time zone, which 3.4 does not have.
func scheduleUp35(m *message) {
	old := m.body.get("work_scheduler")
	if !old.open('{') || old.has("schedule") {
		return
	}
	days := array()
	for _, hours := range old.kids {
		day := object()
		day.set("day", node{raw: hours.key})
		day.set("enabled", flag(true))
		copyTo(day, "start", hours.get("start"))
		copyTo(day, "end", hours.get("end"))
		days.add(*day)
	}
	schedule := object()
	schedule.set("schedule", days)
	*old = *schedule
}

func scheduleDown35(m *message) {
	scheduler := m.body.get("work_scheduler")
	if !scheduler.has("schedule") && !scheduler.has("timezone") {
		return
	}
	old := object()
	forEach(scheduler.get("schedule"), func(day *node) {
		name := day.get("day").scalar()
		if len(name) == 0 || name[0] != '"' || !day.get("enabled").is("true") {
			return
		}
		hours := object()
		copyTo(hours, "start", day.get("start"))
		copyTo(hours, "end", day.get("end"))
		old.setKey(plainKey(name), *hours)
	})
	*scheduler = *old
}

// 3.5 page: auto_access_added, _updated and _deleted became one push with a row
// for each rule.
func autoAccessUp35(m *message) {
	row := m.body
	row.set("status", text(strings.TrimPrefix(m.was, "auto_access_")))
	m.body = array(row)
}

func autoAccessDown35(m *message) {
	rows := m.body.elements()
	m.gone = true
	for i := range rows {
		row := rows[i].node
		status := row.take("status").str()
		if status != "added" && status != "deleted" {
			status = "updated"
		}
		m.more = append(m.more, &message{action: "auto_access_" + status, body: row})
	}
}
