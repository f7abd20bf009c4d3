package desk

import "reflect"

// noteReread notes the events that a chat, read again, has anew or otherwise
// than before: some pushes tell only that something about a chat has changed.
func (b *Board) noteReread(chatID string, known, fresh []Event) {
	old := make(map[string]*Event, len(known))
	for i := range known {
		old[known[i].ID] = &known[i]
	}
	for i := range fresh {
		ev := &fresh[i]
		if was := old[ev.ID]; was == nil || !reflect.DeepEqual(was, ev) {
			b.changes = append(b.changes, Change{ChatID: chatID, What: RegionEvent, EventID: ev.ID, CustomID: ev.CustomID})
		}
	}
}
