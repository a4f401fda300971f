package dev.hearsay.bench.dashboard;

/** In what company messages are sent. */
enum Company {
    ALONE("no dashboard"),
    DASHBOARD("dashboard"),
    PAGE("dashboard and page");

    private final String label;

    Company(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
