package org.privateevolution.spark.clients;

import org.apache.spark.sql.SparkSession;
import org.privateevolution.embedding.ClientEmbedder;
import org.privateevolution.model.ClientsSpec;
import org.privateevolution.model.RunSpec;
import org.privateevolution.spark.modality.OpenModality;
import org.privateevolution.spark.modality.Room;
import org.privateevolution.spark.source.PrivateSource;
import org.privateevolution.spark.vectors.PrivateStore;
import org.privateevolution.spark.vectors.PrivateVectors;
import org.privateevolution.spi.RunListener;
import org.privateevolution.store.RunFiles;

/** The entry point for clients, which have a root row and rows in child tables. */
public final class ClientsRoom implements Room<ClientsSpec> {

    @Override
    public Class<ClientsSpec> kind() {
        return ClientsSpec.class;
    }

    @Override
    public int dimension(ClientsSpec clients) {
        return ClientEmbedder.of(clients.tabular()).dimension();
    }

    @Override
    public String narrower() {
        return "merge rare categories of the longest lists, for instance into 'other'";
    }

    @Override
    public ClientsSpec pinned(SparkSession spark, RunSpec spec, ClientsSpec clients) {
        return clients;
    }

    @Override
    public void check(SparkSession spark, PrivateSource source, RunSpec spec, ClientsSpec clients) {
        KeyedTables.of(spec);
        PrivateClients joined = new PrivateClients(spark, source, spec);
        try (PrivateVectors vectors = joined.checked()) {
            vectors.requireRecords();
        }
        joined.requireBelonging();
    }

    @Override
    public OpenModality open(
            SparkSession spark,
            PrivateSource source,
            RunSpec spec,
            ClientsSpec clients,
            RunFiles store,
            PrivateStore privateStore,
            RunListener listener) {
        return new ClientsModality(spark, source, spec, privateStore);
    }
}
