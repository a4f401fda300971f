package dev.hearsay.core;

/** What is of a {@link Family}, by which it finds the parts of a node that have to do with it. */
public interface Familial {

    Family family();
}
