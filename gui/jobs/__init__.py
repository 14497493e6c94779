"""Work that leaves the GUI thread: typed jobs and the one worker that runs them."""
