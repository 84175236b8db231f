package org.privateevolution.jobs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.privateevolution.config.ConfigurationException;
import org.privateevolution.config.RunConfiguration;
import org.privateevolution.model.RunSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The configuration that a command works on. */
final class RunFile {

    /** Name of the mixin in the commands that have it. */
    static final String MIXIN = "runFile";

    @Parameters(
            paramLabel = "CONFIG",
            description = "Run configuration, a YAML file: a path, or a URI that Hadoop reads, such as s3a://.")
    private String location;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Replace a value of the configuration, such as privacy.epsilon=2; may be repeated.")
    private List<String> overrides = new ArrayList<>();

    /** As it was given. */
    String location() {
        return location;
    }

    RunSpec load() {
        if (!isUri(location)) {
            return RunConfiguration.load(Path.of(location), overrides);
        }
        var path = new org.apache.hadoop.fs.Path(location);
        try (FSDataInputStream in = path.getFileSystem(SparkHadoopUtil.get().newConfiguration(new SparkConf()))
                .open(path)) {
            String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return RunConfiguration.parse(yaml, path.getName(), overrides);
        } catch (FileNotFoundException e) {
            throw new ConfigurationException(List.of(location + ": no such file: give the path of a configuration"));
        } catch (IOException e) {
            throw new ConfigurationException(List.of(location + ": cannot be read: " + e.getMessage()));
        }
    }

    /** A scheme of one letter is a drive. */
    private static boolean isUri(String location) {
        return location.matches("[A-Za-z][A-Za-z0-9+.-]+:/.*");
    }
}
