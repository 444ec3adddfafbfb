using System.CommandLine;
using P2P.Server.Operator;

var root = new RootCommand("The P2P trading server and its operator's commands")
{
    CommonOptions.Data,
    CommonOptions.Set,
    CommonOptions.Verbose,
    DevCommand.Create(),
    ServeCommand.Create(),
    MigrateCommand.Create(),
    TokenCommand.Create(),
    PriceCommand.Create(),
    UserCommand.Create(),
    TermsCommand.Create(),
    LedgerCommand.Create(),
    RestoreCommand.Create(),
};
return await OperatorCommand.Run(root, args);
