package org.privateevolution.model;

/** The content of one sample, private or synthetic. */
public sealed interface Payload permits TableRow, Text, Image {}
