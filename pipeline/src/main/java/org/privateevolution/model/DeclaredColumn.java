package org.privateevolution.model;

/** A declared column of a synthetic table: learnt from the private column of its name, or made up. */
public sealed interface DeclaredColumn permits Column, GeneratedColumn {

    String name();
}
