package org.privateevolution.model;

/** A declared column of a synthetic table: either learnt from the private column of the same name, or made up. */
public sealed interface DeclaredColumn permits LearntColumn, GeneratedColumn {

    String name();
}
