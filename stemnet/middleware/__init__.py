"""Around every view: who asks, what is answered where no view can, and what each answer says beside."""
